class SessionsController < ApplicationController
  def create
    # ruleid: ruby.mongo.operator-injection
    users_collection.find(name: params[:name], password: params[:password]).first
    # ruleid: ruby.mongo.operator-injection
    client[:users].find({ "name" => params[:name] })
    # ruleid: ruby.mongo.operator-injection
    @collection.delete_many(params[:filter])
    # ok: ruby.mongo.operator-injection
    users_collection.find(name: params[:name].to_s).first
    # ok: ruby.mongo.operator-injection
    client[:users].find({ "_id" => BSON::ObjectId.from_string(params[:id]) })
    # ok: ruby.mongo.operator-injection
    @collection.find(name: "all", kind: "#{params[:kind]}")
    # ok: ruby.mongo.operator-injection
    User.find(params[:id])
  end
end
