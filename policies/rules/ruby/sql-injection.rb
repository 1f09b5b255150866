class UsersController < ApplicationController
  SORTS = { "name" => :name, "age" => :age }.freeze

  def index
    name = params[:name].strip
    # ruleid: ruby.rails.sql-injection
    User.where("name = '#{name}'")
    # ruleid: ruby.rails.sql-injection
    User.where("name = '" + params[:name] + "'").first
    # ruleid: ruby.rails.sql-injection
    User.where(["name = '#{name}' and age > ?", 18])
    # ruleid: ruby.rails.sql-injection
    User.find_by_sql("select * from users where name = '%s'" % name)
    # ruleid: ruby.rails.sql-injection
    ActiveRecord::Base.connection.execute("delete from users where name = '#{user_params[:name]}'")
    # ruleid: ruby.rails.sql-injection
    User.joins("left join #{cookies[:table]} on 1 = 1")
    # ruleid: ruby.rails.sql-injection
    User.order(Arel.sql(params[:sort]))
    # ok: ruby.rails.sql-injection
    User.where("name = ?", name)
    # ok: ruby.rails.sql-injection
    User.where(["name = :name", { name: name }])
    # ok: ruby.rails.sql-injection
    User.where(name: name).where({ age: params[:age] })
    # ok: ruby.rails.sql-injection
    User.where("id = #{params[:id].to_i}")
    # ok: ruby.rails.sql-injection
    User.where(params.slice(:name, :age))
    quoted = ActiveRecord::Base.connection.quote(name)
    # ok: ruby.rails.sql-injection
    User.where("name = #{quoted}")
    user = User.find(params[:id])
    # ok: ruby.rails.sql-injection
    Order.where("user_id = #{user.id}")
    # ok: ruby.rails.sql-injection
    User.find_by(name: params[:name])
  end

  def sorted
    # ruleid: ruby.rails.sql-order
    User.order("#{params[:sort]} desc")
    # ruleid: ruby.rails.sql-order
    User.where(active: true).reorder(params[:sort])
    # ruleid: ruby.rails.sql-order
    User.pluck(params[:column])
    # ok: ruby.rails.sql-order
    User.order(SORTS[params[:sort]])
    # ok: ruby.rails.sql-order
    User.order(SORTS.fetch(params[:sort], :name))
    # ok: ruby.rails.sql-order
    User.order(name: :desc)
    column = params[:sort]
    column = "name" unless %w[name age].include?(column)
    # ok: ruby.rails.sql-order
    User.order(column)
  end

  private

  def user_params
    params.require(:user).permit(:name)
  end
end

get "/users/:name" do
  # ruleid: ruby.rails.sql-injection
  DB.execute("select * from users where name = '#{params[:name]}'")
  sql = "select * from users "
  sql << "where name = '#{params["name"]}'"
  # ruleid: ruby.rails.sql-injection
  conn.exec(sql)
  # ok: ruby.rails.sql-injection
  conn.exec_params("select * from users where name = $1", [params[:name]])
  # ok: ruby.rails.sql-injection
  DB.execute("select * from users where name = ?", params[:name])
end

def search(params)
  # ok: ruby.rails.sql-injection
  User.where("name = '#{params[:name]}'")
end
